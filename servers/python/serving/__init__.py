"""The posts' server stacks over the same works, each as its post ran it; nothing in here measures anything."""
