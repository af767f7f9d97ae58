import postgres from 'postgres';

export const sql = postgres(process.env['DATABASE_URL'] ?? 'postgres://localhost:5432/sailings');
