import fastify from 'fastify';
import { sailingsOn } from './timetable/rules.ts';
import { holdSeat } from './seats/locks.ts';
import { quote } from './fares/tariff.ts';

const app = fastify({ logger: true });

app.get('/sailings', async (request) => sailingsOn(request.query));
app.post('/seats/:sailing/hold', async (request) => holdSeat(request.params, request.body));
app.post('/quotes', async (request) => quote(request.body));

await app.listen({ port: 8090 });
