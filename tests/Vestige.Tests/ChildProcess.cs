using System.Diagnostics;
using System.Reflection;
using Vestige.Tests;

namespace Vestige.Tests
{
    /// <summary>Runs a static method of this assembly in a process of its own, for what only the environment of a process can switch.</summary>
    public static class ChildProcess
    {
        private const string TypeVariable = "VESTIGE_CHILD_TYPE", MethodVariable = "VESTIGE_CHILD_METHOD";

        /// <summary>Settings under which this processor lacks some of its instructions; figures must not depend on them.</summary>
        /// <remarks>Without intrinsics a fused multiply-add is a call: keep what runs under the last one small.</remarks>
        public static TheoryData<string> LesserProcessors { get; } = ["DOTNET_EnableAVX512=0", "DOTNET_EnableAVX2=0", "DOTNET_EnableHWIntrinsic=0"];

        /// <summary>Runs the method.</summary>
        /// <param name="method">A static method without arguments, not a lambda.</param>
        /// <param name="environment">"NAME=VALUE", added to this process's environment.</param>
        /// <returns>What the method returns.</returns>
        /// <exception cref="InvalidOperationException">The method threw, or took more than a minute.</exception>
        public static string Run(Func<string> method, params string[] environment)
        {
            if (!method.Method.IsStatic) throw new ArgumentException("Only a static method can be found again in another process.", nameof(method));
            string assembly = typeof(ChildProcess).Assembly.Location, host = Environment.ProcessPath!;
            var start = new ProcessStartInfo(host) { RedirectStandardOutput = true, RedirectStandardError = true };
            if (Path.GetFileNameWithoutExtension(host) == "dotnet") start.ArgumentList.Add(assembly);
            foreach (string setting in environment)
            {
                string[] parts = setting.Split('=', 2);
                start.Environment[parts[0]] = parts[1];
            }
            start.Environment["DOTNET_STARTUP_HOOKS"] = assembly;
            start.Environment[TypeVariable] = method.Method.DeclaringType!.FullName;
            start.Environment[MethodVariable] = method.Method.Name;

            using Process process = Process.Start(start)!;
            Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(TimeSpan.FromMinutes(1)))
            {
                process.Kill(entireProcessTree: true);
                throw new InvalidOperationException($"{method.Method.Name} took more than a minute.");
            }
            if (process.ExitCode != 0) throw new InvalidOperationException($"{method.Method.Name} failed in its own process: {error.Result}");
            return output.Result;
        }

        /// <summary>In the process of its own: runs the method and ends. In any other: nothing.</summary>
        internal static void Answer()
        {
            if (Environment.GetEnvironmentVariable(TypeVariable) is not { } type) return;
            int status = 0;
            try
            {
                MethodInfo method = typeof(ChildProcess).Assembly.GetType(type, throwOnError: true)!
                    .GetMethod(Environment.GetEnvironmentVariable(MethodVariable)!, BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)!;
                Console.Out.Write(method.Invoke(null, null));
            }
            catch (TargetInvocationException exception)
            {
                Console.Error.Write(exception.InnerException);
                status = 1;
            }
            Environment.Exit(status);
        }
    }
}

/// <summary>What the runtime calls before Main where DOTNET_STARTUP_HOOKS names this assembly: a main program of our own beside the test runner's.</summary>
internal static class StartupHook
{
    /// <summary>Called by the runtime.</summary>
    public static void Initialize() => ChildProcess.Answer();
}
