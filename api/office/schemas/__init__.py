<<<<<<< HEAD
"""The shapes of what the office sends and reads."""
=======
"""What the office's addresses take and answer."""
>>>>>>> main
