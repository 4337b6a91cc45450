What the console of Slipstream carries of others: library | licence | home. Their sources are in Maven Central under the
same names. The text of a licence is in licences/ beside this file, in a folder of the library's jar or under the licence's
name; that of Apache-2.0 is LICENSE.

<#list dependencyMap as entry>
<#assign library = entry.getKey()>
${library.groupId}:${library.artifactId}:${library.version} | ${entry.getValue()?join(" or ")} | ${library.url!"-"}
</#list>
uPlot | MIT | https://github.com/leeoniya/uPlot
