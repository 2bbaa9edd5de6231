"""The adviser as a Python library behind a Flask site's own form, without the widget or JavaScript.

Run it with: flask --app examples.flask_app run
"""

from contextlib import suppress

from flask import Flask, render_template_string, request

from advisor import Advisor, StateError

app = Flask(__name__)
advisor = Advisor.load()

PAGE = """<!doctype html>
<html lang="en">
  <meta charset="utf-8">
  <title>Ask about our programmes</title>
  <form method="post">
    <input type="hidden" name="state" value="{{ state }}">
    <label>Your question <input name="question" required></label>
    <button>Ask</button>
  </form>
  {% if reply %}
  <p lang="{{ reply.language }}">{{ reply.text }}</p>
  <ol>
    {% for citation in reply.citations %}
    <li>{{ citation.title }}, {{ citation.section }}:
      <q lang="{{ citation.language }}">{{ citation.quote }}</q></li>
    {% endfor %}
  </ol>
  {% endif %}
</html>"""


@app.route("/", methods=["GET", "POST"])
def ask() -> str:
    """Show the form; with a question, its reply. The state travels in the form."""
    chat, reply = advisor.start(), None
    if request.method == "POST":
        # Where the pages have changed meanwhile, or someone edited the form, a new conversation starts.
        with suppress(StateError):
            chat = advisor.resume(request.form["state"])
        reply = chat.ask(request.form["question"])
    return render_template_string(PAGE, reply=reply, state=chat.state.model_dump_json())
