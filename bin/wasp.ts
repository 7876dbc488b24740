#!/usr/bin/env node
import { createHost } from '../src/front-end/host/create-host.ts';
import { main } from '../src/front-end/main.ts';

void main(createHost());
