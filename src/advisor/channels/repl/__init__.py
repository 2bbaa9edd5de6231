"""The chat on a terminal, room by room.

strings      what the chat itself says, English and Dutch (strings.json)
settings     options, environment and file of settings
terminal     what this terminal can show
lines        fragments of styled text, wrapped to a width
render       a reply, its table and its sources as lines
commands     a typed line as a command or a question
talk         the conversation so far, and what each command does to it
prompt       the line that is typed on: keys, completion, history, toolbar
"""
