/** A gateway of few threads, whose backend is as slow as it is told to be. */
package com.example.admission;
