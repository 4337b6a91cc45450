package dev.slipstream.it.conformance;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * RFC 9111 §4.2.1 and §1.2.2: for how long a response is fresh.
 *
 * <p>Where a directive is there twice, the RFC leaves the choice between its first value and stale;
 * the smaller value is within it.
 */
final class Rfc9111Section421LifetimeTest extends ConformanceTest {
  @ParameterizedTest(name = RULE)
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          max-age                          | Cache-Control: max-age=3600
          max-age over age                 | Cache-Control: max-age=60 + Age: 20
          max-age in any case              | Cache-Control: Max-AGE=3600
          max-age quoted                   | Cache-Control: max-age="3600"
          white space around the member    | Cache-Control:    max-age=3600  ,  public
          empty list members               | Cache-Control: ,, max-age=3600 ,
          on a second line                 | Cache-Control: public + Cache-Control: max-age=3600
          leading zeros                    | Cache-Control: max-age=0003600
          2^31 - 1                         | Cache-Control: max-age=2147483647
          2^31                             | Cache-Control: max-age=2147483648
          2^31 + 1                         | Cache-Control: max-age=2147483649
          2^32 + 1                         | Cache-Control: max-age=4294967297
          more than 2^31                   | Cache-Control: max-age=99999999999
          more than 2^63                   | Cache-Control: max-age=9223372036854775808
          a number of 60 digits            | Cache-Control: max-age=999999999999999999999999999999999999999999999999999999999999
          duplicates that agree            | Cache-Control: max-age=3600, max-age=3600
          s-maxage over max-age            | Cache-Control: max-age=10, s-maxage=3600 + Age: 20
          s-maxage before max-age          | Cache-Control: s-maxage=3600, max-age=10 + Age: 20
          s-maxage quoted                  | Cache-Control: s-maxage="3600"
          s-maxage over max-age=0          | Cache-Control: s-maxage=3600, max-age=0
          s-maxage over a past Expires     | Cache-Control: s-maxage=3600 + Expires: {now-1h}
          max-age over a past Expires      | Cache-Control: max-age=3600 + Expires: {now-1h}
          max-age over Expires: 0          | Cache-Control: max-age=3600 + Expires: 0
          max-age with an invalid Date     | Cache-Control: max-age=3600 + Date: yesterday
          max-age without Date             | Cache-Control: max-age=3600 + -Date
          max-age after a quoted string    | Cache-Control: x="max-age=10, ", max-age=3600 + Age: 20
          max-age after a quoted quote     | Cache-Control: x="\\", max-age=10", max-age=3600 + Age: 20
          Expires                          | Expires: {now+1h}
          Expires over an unknown directive | Expires: {now+1h} + Cache-Control: unknown=1
          Expires without Date             | Expires: {now+1h} + -Date
          Expires less Date, over age      | Expires: {now+1h} + Date: {now-30m}
          Expires less Date, clock ahead   | Expires: {now+3h} + Date: {now+2h}
          Expires as in RFC 850            | Expires: {rfc850 now+1h}
          Expires as asctime writes it     | Expires: {asctime now+1h}
          Expires far ahead                | Expires: Thu, 31 Dec 2099 23:59:59 GMT
          Expires in lower case            | Expires: thu, 31 dec 2099 23:59:59 gmt
          """)
  void fresh_isReused(String rule, String fields) throws IOException {
    Resource resource = resource(fields);
    get(resource);

    assertReused(resource);
  }

  @ParameterizedTest(name = RULE)
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          max-age=0                        | Cache-Control: max-age=0
          max-age under age                | Cache-Control: max-age=10 + Age: 20
          max-age equal to age             | Cache-Control: max-age=20 + Age: 20
          max-age under apparent age       | Cache-Control: max-age=10 + Date: {now-20s}
          leading zeros are not octal      | Cache-Control: max-age=0010 + Age: 11
          negative                         | Cache-Control: max-age=-3600
          signed                           | Cache-Control: max-age=+3600
          decimal                          | Cache-Control: max-age=3600.0
          exponent                         | Cache-Control: max-age=36e2
          hexadecimal                      | Cache-Control: max-age=0xe10
          letters                          | Cache-Control: max-age=abc
          letters behind digits            | Cache-Control: max-age=3600s
          letters before digits            | Cache-Control: max-age=a3600
          single quotes                    | Cache-Control: max-age='3600'
          no argument                      | Cache-Control: max-age
          an empty argument                | Cache-Control: max-age=
          an empty quoted argument         | Cache-Control: max-age=""
          letters beside Expires           | Cache-Control: max-age=abc + Expires: {now+1h}
          a longer name                    | Cache-Control: max-age-x=3600
          a name before                    | Cache-Control: x-max-age=3600
          inside a quoted string           | Cache-Control: x="max-age=3600"
          inside a quoted list             | Cache-Control: x="a, max-age=3600, b"
          the first of two                 | Cache-Control: max-age=10, max-age=3600 + Age: 20
          the first of two lines           | Cache-Control: max-age=10 + Cache-Control: max-age=3600 + Age: 20
          s-maxage under max-age           | Cache-Control: s-maxage=10, max-age=3600 + Age: 20
          s-maxage=0                       | Cache-Control: s-maxage=0, max-age=3600
          s-maxage that is no number       | Cache-Control: s-maxage=abc, max-age=3600
          max-age=0 over Expires           | Cache-Control: max-age=0 + Expires: {now+1h}
          max-age beside no-cache          | Cache-Control: max-age=3600, no-cache
          no-cache on another line         | Cache-Control: max-age=3600 + Cache-Control: no-cache
          Expires in the past              | Expires: {now-1h}
          Expires in the past, no Date     | Expires: {now-1h} + -Date
          Expires is Date                  | Expires: {now} + Date: {now}
          Expires before Date, clock ahead | Expires: {now+1h} + Date: {now+2h}
          Expires: 0                       | Expires: 0
          Expires: -1                      | Expires: -1
          Expires is a number              | Expires: 3600
          Expires is no date               | Expires: never
          Expires is empty                 | Expires:
          Expires in another zone          | Expires: Thu, 31 Dec 2099 23:59:59 EST
          Expires with an offset           | Expires: Thu, 31 Dec 2099 23:59:59 +0100
          Expires on an impossible day     | Expires: Thu, 32 Dec 2099 23:59:59 GMT
          Expires in a format of its own   | Expires: 2099-12-31T23:59:59Z
          the first of two Expires         | Expires: {now-1h} + Expires: {now+1h}
          the first of two Expires invalid | Expires: 0 + Expires: {now+1h}
          """)
  void stale_isNotReused(String rule, String fields) throws IOException {
    Resource resource = resource(fields);
    get(resource);

    assertFetched(resource);
  }
}
