package dev.slipstream.engine.learn;

/** What speaks against caching an endpoint's answers, or for care. */
public enum Risk {
  /** The answer says that it is for one user. */
  PRIVATE,
  /** The answer says that it must not be stored. */
  NO_STORE,
  /** The answer sets a cookie. */
  SET_COOKIE,
  /** The request says who is asking. */
  CREDENTIALS,
  /** The application looked at who is asking, and somebody was. */
  IDENTITY_READ,
  /** The answer varies by something that no field shows. */
  VARY_ANY,
  /** The application read a request field that no key has. */
  UNKEYED_FIELD,
  /** The cache would have given the answer that was made for another identity. */
  LEAKED
}
