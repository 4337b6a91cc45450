/** The gateway of docs/cookbook.md. */
package com.example.shop;
