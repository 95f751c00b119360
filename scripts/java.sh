# shellcheck shell=sh
# For run, test and bench, which source this: finds a Java 25 or newer wherever one usually is.

# Prints the home of the first Java that is new enough, or says what to install and fails.
find_java() {
  for home in "${JAVA_HOME:-}" "$(java_home_of_path)" /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/* \
    "$HOME"/.jdks/* /opt/* /opt/java/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if [ -n "$home" ] && [ -x "$home/bin/java" ] && [ "$(java_major "$home")" -ge 25 ]; then
      echo "$home"
      return 0
    fi
  done
  cat >&2 <<'SAY'
Continuo needs Java 25 or newer, and there is none: not in JAVA_HOME, on the PATH, in /usr/lib/jvm, ~/.sdkman,
~/.jdks, /opt or /Library/Java. Install one, for instance
  Debian, Ubuntu, Fedora   temurin-25-jdk, see https://adoptium.net/installation/linux
  macOS                    brew install --cask temurin@25
  anywhere                 sdk install java 25-tem, see https://sdkman.io
or set JAVA_HOME to where you have it.
SAY
  return 1
}

# The home of the java on the PATH, which may be a chain of links.
java_home_of_path() {
  java=$(command -v java) || return 0
  case $(uname) in
    Darwin) /usr/libexec/java_home -v 25+ 2>/dev/null || true ;;
    *) dirname "$(dirname "$(readlink -f "$java")")" ;;
  esac
}

# The major version of the Java in a home; its release file tells without starting it.
java_major() {
  version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null || true)
  if [ -z "$version" ]; then
    version=$("$1/bin/java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p' | head -n 1)
  fi
  echo "${version:-0}"
}

# Runs Maven, on the Java in $1 if it can compile.
maven() {
  home=$1
  shift
  if [ -x "$home/bin/javac" ]; then
    JAVA_HOME=$home
    MAVEN_OPTS="--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow ${MAVEN_OPTS:-}"
    export JAVA_HOME MAVEN_OPTS
  fi
  ./mvnw "$@"
}
