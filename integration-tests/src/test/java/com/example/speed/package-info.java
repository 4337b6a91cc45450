/** A gateway whose servlets do next to nothing: what is added to them shows. */
package com.example.speed;
