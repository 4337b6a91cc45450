#!/bin/sh
# Builds what is missing, starts Redis, two sample gateways with the agent and the console, and shows
# what they do.
#   ./demo.sh           stays up for curl and JConsole; Ctrl-C stops all it started
#   ./demo.sh --check   asserts what it shows; exits 0 or 1
set -eu
cd "$(dirname "$0")"
java=${JAVA_HOME:+$JAVA_HOME/bin/}java

missing=no
for jar in agent/javaagent/target/slipstream-agent.jar sample-app/target/sample-gateway.jar \
  console/target/slipstream-console.jar; do
  [ -f "$jar" ] || missing=yes
done
if [ $missing = yes ]; then
  echo "building (once, a minute or two) ..."
  ./mvnw -q -ntp -DskipTests -pl agent/javaagent,sample-app,console -am package
fi
if ! command -v redis-server >/dev/null && [ ! -f integration-tests/target/redis/embedded-redis.jar ]; then
  ./mvnw -q -ntp -N dependency:copy -Dartifact=com.github.codemonstur:embedded-redis:1.4.4 \
    -Dmdep.stripVersion=true -DoutputDirectory=integration-tests/target/redis
fi
exec "$java" integration-tests/demo/Demo.java "$@"
