package com.example.cache;

import java.util.List;

/** A value that Jackson reads and writes, of the old kind. */
public class User {
  private String name = "";
  private List<String> roles = List.of();

  public String getName() {
    return name;
  }

  public void setName(String name) {
    this.name = name;
  }

  public List<String> getRoles() {
    return roles;
  }

  public void setRoles(List<String> roles) {
    this.roles = roles;
  }

  static User named(String name) {
    User user = new User();
    user.setName(name);
    user.setRoles(List.of("reader"));
    return user;
  }
}
