/** What is inside a web application, loaded by its own class loader. */
package com.example.war;
