"""`python -m workers.fcm.apart FD`: the process that sends, at the other end of an open socket."""

import sys

from workers.fcm.apart.child import main

if __name__ == "__main__":
    main(int(sys.argv[1]))
