package com.example.rest;

import jakarta.ws.rs.NameBinding;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** A resource that only who has the pass may ask. */
@NameBinding
@Retention(RetentionPolicy.RUNTIME)
public @interface Guarded {}
