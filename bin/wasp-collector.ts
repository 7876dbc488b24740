#!/usr/bin/env node
import '../src/collector/hold-hangup.ts';
import { main } from '../src/collector/main.ts';

void main(process.argv);
