package com.example.rest;

import jakarta.ws.rs.NameBinding;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** A resource whose answers an interceptor compresses. */
@NameBinding
@Retention(RetentionPolicy.RUNTIME)
public @interface Compressed {}
