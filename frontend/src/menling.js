// What Menling adds to htmx.
