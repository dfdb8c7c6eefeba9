#!/bin/sh
# As the real one under a Java virtual machine: SIGTERM ends it with 143.
echo "INFO [main] org.apache.catalina.startup.Catalina.start Server startup in [412] milliseconds"
exec serve 8080 /usr/local/tomcat/webapps/ROOT 143
