/** Small processes whose start-up is measured. */
package com.example.startup;
