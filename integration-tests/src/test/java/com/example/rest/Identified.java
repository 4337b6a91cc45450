package com.example.rest;

import jakarta.ws.rs.NameBinding;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** A resource that is told by a filter who is asking. */
@NameBinding
@Retention(RetentionPolicy.RUNTIME)
public @interface Identified {}
