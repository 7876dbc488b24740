#!/usr/bin/env node
import { createHost } from '../src/host.ts';
import { main } from '../src/main.ts';

void main(createHost());
