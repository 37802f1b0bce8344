"""The request of the lab's REST arm, for Locust."""

from locust import FastHttpUser, task


class Incrementer(FastHttpUser):
    @task
    def increment(self):
        self.client.post("/increment", json={"value": 1})
