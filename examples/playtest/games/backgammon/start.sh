#!/bin/sh
# Stands for a build of the game.
exec sleep infinity
