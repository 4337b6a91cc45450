fetch("/api/v1/health")
  .then((response) => response.json())
  .then((health) => {
    document.getElementById("state").textContent = health.status;
  });
