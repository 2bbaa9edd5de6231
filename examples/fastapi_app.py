"""The adviser under /advisor of a FastAPI site that has pages of its own.

Run it with: ADVISOR_KEYS=... uvicorn examples.fastapi_app:app
"""

from fastapi import FastAPI
from fastapi.responses import HTMLResponse

from advisor.web import Settings, create_app

app = FastAPI()
app.mount("/advisor", create_app(Settings(demo=False)))


@app.get("/")
def programme_page() -> HTMLResponse:
    """Show a page of the site, with the widget at its foot."""
    return HTMLResponse(
        """<!doctype html>
        <html lang="en">
          <head>
            <meta charset="utf-8">
            <title>Biomedical Sciences</title>
            <script type="module" src="/advisor/widget.js"></script>
          </head>
          <body>
            <h1>Biomedical Sciences</h1>
            <programme-advisor programme="leiden-biomedical-sciences"></programme-advisor>
          </body>
        </html>"""
    )
