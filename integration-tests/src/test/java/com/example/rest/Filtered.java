package com.example.rest;

import jakarta.ws.rs.NameBinding;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** A resource whose answers get more fields from a filter. */
@NameBinding
@Retention(RetentionPolicy.RUNTIME)
public @interface Filtered {}
