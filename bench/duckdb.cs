#:package DuckDB.NET.Data.Full@1.5.6.1
// What another program takes to read a column: DuckDB runs each argument as SQL and says how long it took. Run by bench/parquet.sh, outside of the solution.
using System.Diagnostics;
using DuckDB.NET.Data;

using var connection = new DuckDBConnection("DataSource=:memory:");
connection.Open();
foreach (string sql in args)
{
    using DuckDBCommand command = connection.CreateCommand();
    command.CommandText = sql;
    TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
    long start = Stopwatch.GetTimestamp();
    using (DuckDBDataReader rows = command.ExecuteReader())
        while (rows.Read()) Console.Write($"{string.Join(" | ", Enumerable.Range(0, rows.FieldCount).Select(rows.GetValue))}, ");
    Process own = Process.GetCurrentProcess();
    Console.WriteLine($"{Stopwatch.GetElapsedTime(start).TotalSeconds:0.00} s, {(own.TotalProcessorTime - before).TotalSeconds:0.00} s of processor, "
        + $"{own.PeakWorkingSet64 >> 20} MB at most: {sql[..Math.Min(60, sql.Length)]}");
}
