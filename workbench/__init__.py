"""The desk: window, panels, dialogs, jobs, command line. The only room that knows Qt."""
