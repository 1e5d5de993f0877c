using Vestige.Files;
using Vestige.Tests.Images;

namespace Vestige.Tests.Files;

/// <summary>What takes all threads of the pool runs by itself.</summary>
[CollectionDefinition(nameof(TakesThePool), DisableParallelization = true)]
public sealed class TakesThePool;

/// <summary>Programs run to their end.</summary>
[Collection(nameof(TakesThePool))]
public sealed class ProgramRunTests
{
    [Fact]
    public void What_a_program_said_is_kept_however_busy_the_thread_pool_is()
    {
        using var done = new ManualResetEventSlim();
        // Far more than the pool has threads, and it adds one or two a second: what is queued behind them waits for many seconds.
        int busy = 64 * Environment.ProcessorCount;
        using var left = new CountdownEvent(busy);
        for (int i = 0; i < busy; i++)
        {
            ThreadPool.QueueUserWorkItem(_ =>
            {
                done.Wait(CancellationToken.None);
                left.Signal();
            });
        }
        Thread.Sleep(50);
        try
        {
            // Now and then a read is done before the pool is needed for it: one run proves nothing.
            for (int i = 0; i < 6; i++)
            {
                ProgramRun run = ProgramRun.Of("/bin/sh", ["-c", "echo version 1.2; echo no such quality >&2; exit 3"], Path.GetTempPath(),
                    TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
                Assert.Equal("version 1.2\nno such quality\n", run.Said);
                Assert.Equal("ended with status 3: no such quality", run.Fault);
            }
        }
        finally
        {
            done.Set();
            left.Wait(CancellationToken.None);
        }
    }

    [Theory]
    [InlineData("sleep 300 & echo $! > left")]
    [InlineData("setsid sh -c 'echo $$ > left; exec sleep 300 >/dev/null 2>&1 </dev/null' & while [ ! -s left ]; do sleep .01; done")]
    [InlineData("sleep 300 & echo $! > left; exit 3")]
    public void What_a_program_leaves_running_is_ended(string script)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "processes are found by /proc");
        using var folder = new TempFolder();
        ProgramRun.Of("/bin/sh", ["-c", script], folder.Path, TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        string process = "/proc/" + File.ReadAllText(Path.Combine(folder.Path, "left")).Trim();
        // Killed is a moment before gone; who collects the dead may be slow, or nobody in a container.
        bool runs = true;
        for (int i = 0; i < 100 && (runs = Directory.Exists(process) && File.ReadAllText(process + "/cmdline").Length > 0); i++) Thread.Sleep(20);
        Assert.False(runs);
    }

    [Fact]
    public void A_child_that_holds_the_pipe_open_does_not_hold_the_run()
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        ProgramRun run = ProgramRun.Of("/bin/sh", ["-c", "sleep 20 & echo started"], Path.GetTempPath(), TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Null(run.Fault);
        // It waits a second for what is still to come, not for the child.
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 15);
    }
}
