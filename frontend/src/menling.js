// What Menling adds to htmx.
import "./js/pressing.js";
import "./js/frame.js";
import "./js/drafts.js";
import "./js/keyboard.js";
import "./js/ticking.js";
import "./js/reveal.js";
import "./js/board.js";
import "./js/wall.js";
import "./js/counter.js";
import "./js/copying.js";
import "./js/counting.js";
