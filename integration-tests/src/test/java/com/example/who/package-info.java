/** An application that answers with who asked, as far as it can make that out. */
@NullMarked
package com.example.who;

import org.jspecify.annotations.NullMarked;
