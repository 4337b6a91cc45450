/** An application whose answers change as often as it is asked to change them. */
package com.example.learning;
