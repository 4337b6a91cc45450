/** Applications that tell what they see of the JVM they are in; they know nothing of an agent. */
package com.example.laws;
