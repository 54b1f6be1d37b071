import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata.js';
import { rows } from '../../src/app.module.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { absolute, filesUnder } from '../support/sources.js';

type Column = { name: string; type: string; nullable: boolean };

let copy: TestDatabase;
let database: DataSource;

beforeAll(async () => {
  copy = await createTestDatabase();
  database = await new DataSource({
    type: 'postgres',
    url: copy.url,
    entities: rows,
    synchronize: false,
  }).initialize();
});
afterAll(async () => {
  await database.destroy();
  await copy.drop();
});

const byName = (columns: Column[]): Column[] =>
  columns.sort((a, b) => a.name.localeCompare(b.name));

/** TypeORM knows no `xid8`: such a column is for SQL alone, and no row describes it. */
async function stored(schema: string, relation: string): Promise<Column[]> {
  const columns = await database.query<Column[]>(
    `select c.column_name as name,
       case when c.data_type = 'ARRAY' then e.data_type || '[]' else c.data_type end as type,
       c.is_nullable = 'YES' as nullable
     from information_schema.columns c
     left join information_schema.element_types e
       on (e.object_schema, e.object_name, e.object_type, e.collection_type_identifier)
        = (c.table_schema, c.table_name, 'TABLE', c.dtd_identifier)
     where c.table_schema = $1 and c.table_name = $2 and c.data_type <> 'xid8'`,
    [schema, relation],
  );
  return byName(columns);
}

function described(column: ColumnMetadata): Column {
  const type = database.driver.normalizeType(column);
  return {
    name: column.databaseName,
    type: column.isArray ? `${type}[]` : type,
    nullable: column.isNullable,
  };
}

describe('row classes', () => {
  it('are all known to the service', async () => {
    const files = filesUnder('src').filter((file) => file.endsWith('.row.ts'));
    const modules = await Promise.all(
      files.map((file) => import(absolute(file)) as Promise<object>),
    );
    const classes = modules.flatMap((module) =>
      Object.values(module).filter((each) => typeof each === 'function'),
    );
    expect(classes.length).toBeGreaterThan(0);
    const unknown = classes.filter((each) => !rows.includes(each as never));
    expect(unknown.map((each) => (each as { name: string }).name)).toEqual([]);
  });

  it('say what the database says: the same columns, types and nulls, in both directions', async () => {
    const difference = [];
    for (const { schema, tableName, tableType, columns } of database.entityMetadatas) {
      // Every column of a view may be null as far as the catalogue knows.
      const plain = (column: Column): Column =>
        tableType === 'view' ? { ...column, nullable: true } : column;
      const inDatabase = await stored(schema ?? 'public', tableName);
      const inRow = byName(columns.map(described));
      try {
        expect(inRow.map(plain)).toEqual(inDatabase.map(plain));
      } catch (error) {
        difference.push(`${schema}.${tableName}: ${(error as Error).message}`);
      }
    }
    expect(difference.join('\n\n')).toBe('');
  });
});
