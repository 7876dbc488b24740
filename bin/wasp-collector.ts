#!/usr/bin/env node
import { main } from '../src/collector/main.ts';

void main(process.argv);
