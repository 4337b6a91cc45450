/** A gateway whose backends get slow, fail and come back when they are told to. */
package com.example.effects;
