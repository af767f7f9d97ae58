#!/bin/sh
ship --back 1
