"""The HTTP service and the widget for a website."""
