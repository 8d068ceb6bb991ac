# Keeps one process: starts it, signals it, and ends it together with its folder once standard input ends, which
# happens however the JVM at the other end dies. Each order is answered by one line, at once.
# Arguments: the folder, then the command.
trap : INT HUP TERM
folder=$1
shift
pid=
while read -r order; do
  case $order in
    start)
      "$@" </dev/null >"$folder/output" 2>&1 &
      pid=$!
      echo "$pid"
      ;;
    alive)
      # Asking for the jobs makes the shell notice a child that ended, which kill -0 alone takes for living.
      jobs >/dev/null
      if [ -n "$pid" ] && kill -0 "$pid" 2>/dev/null; then
        echo yes
      else
        pid=
        echo no
      fi
      ;;
    *)
      if [ -n "$pid" ]; then kill -"$order" "$pid" 2>/dev/null; fi
      echo done
      ;;
  esac
done
if [ -n "$pid" ]; then
  kill -KILL "$pid" 2>/dev/null
  wait "$pid" 2>/dev/null
fi
rm -rf "$folder"
