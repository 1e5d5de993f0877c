using System.Globalization;
using Vestige.Files;
using Vestige.Results;

namespace Vestige.Images.Codecs;

/// <summary>One of the two programs of a codec that works on folders.</summary>
/// <remarks>
/// <para>A run that fails counts for nothing: which of its files are whole cannot be known. It is halved until the image that it fails on stands alone, which
/// is that image's fault alone; one that did not end in time is run again image by image, so that what hangs costs no more than twice what it
/// would without batches.</para>
/// <para>Each run has a folder of its own, which is gone before the next: no decoder finds an original, or what its encoder wrote beside its files.</para>
/// <para>Every byte that a program writes must belong to one image: two files for one, or a file that is nobody's, would make a rate too small.</para>
/// </remarks>
internal sealed class BatchProgram(CommandTemplate command, string quality, TimeSpan timeout)
{
    private const string Input = "in", Output = "out";

    private readonly string _name = Path.GetFileName(command.Program);

    /// <summary>A file to work on.</summary>
    internal sealed class Job(int number, string input, int width, int height)
    {
        internal int Number => number;

        internal string Input => input;

        internal int Width => width;

        internal int Height => height;

        internal long Pixels => (long)width * height;

        /// <summary>What became of it.</summary>
        internal string? Output { get; set; }

        internal long OutputBytes { get; set; }

        /// <summary>Its share of the run's time, by pixels.</summary>
        internal double Seconds { get; set; }

        internal string? Fault { get; set; }

        /// <summary>What is handed on of it, for messages of the program that it is handed to.</summary>
        internal string Handed { get; set; } = "";

        /// <summary>Its name in the folders, without extension.</summary>
        internal string Stem => number.ToString("000000", CultureInfo.InvariantCulture);
    }

    /// <summary>Works on all.</summary>
    /// <param name="jobs">Each ends with an output or a fault.</param>
    /// <param name="store">Where outputs go: a folder that there is not yet.</param>
    /// <param name="cancel">Ends the program.</param>
    internal void Run(IReadOnlyList<Job> jobs, string store, CancellationToken cancel)
    {
        Directory.CreateDirectory(store);
        // A command that is told a size is told it for all images of a run.
        IEnumerable<Job[]> runs = command.HasSize ? jobs.GroupBy(job => (job.Width, job.Height)).Select(group => group.ToArray())
            : jobs.Count > 0 ? [[.. jobs]] : [];
        foreach (Job[] run in runs) RunTogether(run, store, cancel);
    }

    private void RunTogether(Job[] jobs, string store, CancellationToken cancel)
    {
        string? run = null;
        ProgramRun? ended = null;
        try
        {
            run = Directory.CreateTempSubdirectory("vestige-").FullName;
            string input = Path.Combine(run, Input), output = Path.Combine(run, Output);
            ended = RunOnce(jobs, run, input, output, cancel);
            if (ended.Fault is null) Collect(jobs, store, output, ended.Seconds);
            string[] given = [.. jobs.Select(job => NameOf(job))];
            string handed = ExecFiles.Handed([.. ExecFiles.NamesIn(run).Except([Input, Output]), .. ExecFiles.NamesIn(input).Except(given)]);
            foreach (Job job in jobs) job.Handed = handed;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            foreach (Job job in jobs.Where(job => job.Output is null)) job.Fault ??= error.Message;
        }
        finally
        {
            if (run is not null && !ExecFiles.Delete(run))
                foreach (Job job in jobs) job.Fault ??= ExecFiles.Stays(command.Program);
        }
        if (ended?.Fault is not { } fault) return;
        if (jobs.Length == 1) jobs[0].Fault = $"{_name} {fault}";
        else Split(jobs, ended.Seconds >= Limit(jobs).TotalSeconds, store, cancel);
    }

    private TimeSpan Limit(Job[] jobs) => timeout * jobs.Length;

    private void Split(Job[] jobs, bool hung, string store, CancellationToken cancel)
    {
        int part = hung ? 1 : (jobs.Length + 1) / 2;
        foreach (Job[] some in jobs.Chunk(part)) RunTogether(some, store, cancel);
    }

    /// <summary>Copies the inputs to a folder of their own, so that no program can harm them, and runs.</summary>
    private ProgramRun RunOnce(Job[] jobs, string run, string input, string output, CancellationToken cancel)
    {
        Directory.CreateDirectory(input);
        Directory.CreateDirectory(output);
        foreach (Job job in jobs) ExecFiles.Copy(job.Input, Path.Combine(input, NameOf(job)));
        return ProgramRun.Of(command.Program, command.Arguments(input, output, quality, jobs[0].Width, jobs[0].Height), run, Limit(jobs), cancel);
    }

    private static string NameOf(Job job) => job.Stem + Path.GetExtension(job.Input);

    private void Collect(Job[] jobs, string store, string output, double seconds)
    {
        var found = jobs.ToDictionary(job => job.Stem, _ => new List<string>());
        foreach (string path in Directory.EnumerateFileSystemEntries(output))
        {
            string name = Path.GetFileName(path);
            if (found.TryGetValue(name.Split('.')[0], out List<string>? ofOne) && ofOne.Count < 2)
            {
                ofOne.Add(path);
                continue;
            }
            // More than two are not looked at: they may be without number.
            if (ofOne is not null) continue;
            foreach (Job job in jobs) job.Fault = $"{_name} wrote {Names.Printable(name)} beside the files of its images, which bear their names: its bytes are no image's";
            return;
        }
        double pixels = jobs.Sum(job => (double)job.Pixels);
        foreach (Job job in jobs)
        {
            List<string> files = found[job.Stem];
            job.Fault = files.Count switch
            {
                0 => $"{_name} ended well but wrote no file for it",
                1 when Path.GetExtension(files[0]) is { Length: > 0 } extension && !ExecFiles.IsExtension(extension[1..]) =>
                    $"{_name} gave its file an extension that is not up to 16 letters and digits: names are not counted",
                1 => ExecFiles.Fault(files[0]) is { } fault ? $"{_name} {fault}" : null,
                _ => $"{_name} wrote more than one file for it: what is counted is one",
            };
            if (job.Fault is not null) continue;
            string kept = Path.Combine(store, Path.GetFileName(files[0]));
            File.Move(files[0], kept);
            (job.Output, job.OutputBytes, job.Seconds) = (kept, new FileInfo(kept).Length, seconds * job.Pixels / pixels);
        }
    }
}
