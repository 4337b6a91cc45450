package dev.slipstream.console.targets;

/** A gateway that the operator named, and how it lets the console in. */
public record ConfiguredTarget(TargetAddress address, JmxAccess access) {}
