package com.example.laws;

import java.util.logging.LogManager;

/** A log manager that an application brings and chooses itself. */
public final class OwnLogManager extends LogManager {}
