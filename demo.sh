#!/bin/sh
# Builds what is missing, starts the sample gateway with the agent, and shows what the agent does.
#   ./demo.sh           stays up for curl and JConsole; Ctrl-C stops all it started
#   ./demo.sh --check   asserts what it shows; exits 0 or 1
set -eu
cd "$(dirname "$0")"
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
if [ ! -f agent/javaagent/target/slipstream-agent.jar ] || [ ! -f sample-app/target/sample-gateway.jar ]; then
  echo "building (once, a minute or two) ..."
  ./mvnw -q -ntp -DskipTests -pl agent/javaagent,sample-app -am package
fi
exec "$java" integration-tests/demo/Demo.java "$@"
