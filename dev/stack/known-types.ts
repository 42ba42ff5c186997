// Prints the types of events that the sources know now, as JSON: for whoever has older ones loaded.
import { knownTypes } from '../../shared/kinds/catalog.ts';

process.stdout.write(JSON.stringify(knownTypes));
