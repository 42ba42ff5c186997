// Loaded before a program that is not ours (`--import`): gates every HTTP server that it makes.
import { Server } from 'node:http';
import { gate } from './gate.mjs';

gate(Server.prototype);
