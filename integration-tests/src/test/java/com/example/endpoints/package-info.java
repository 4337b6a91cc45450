/** An application whose endpoints are to be told apart. */
package com.example.endpoints;
