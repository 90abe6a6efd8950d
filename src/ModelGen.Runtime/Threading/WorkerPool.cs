using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Threading;

namespace ModelGen.Threading;

/// <summary>Threads that help the caller of a kernel. Starting them takes about a microsecond while they are awake, and allocates nothing.</summary>
/// <remarks>
/// One launch at a time uses the pool; a launch inside a launch, or beside one, runs on its caller alone, so there are never more threads
/// at work than the pool was made for.
/// <para>
/// A thread begins with the same part of the tasks in every launch of as many threads as the pool has, so that it finds in its caches what it wrote in the
/// one before; a thread that is done takes tasks of the others' parts. Which thread runs which task is left to chance all the same: tasks must not depend on it.
/// </para>
/// <para>
/// A launch offers seats. A worker takes part only after it took a seat, and the caller withdraws the seats that are left once it finds no
/// more tasks: so a worker that wakes too late delays nobody.
/// </para>
/// </remarks>
internal sealed unsafe class WorkerPool
{
    // As long as the work between two kernels of a training step may take; after that a worker sleeps.
    private static readonly long SpinTicks = Stopwatch.Frequency / 20_000;

    // Counters that different threads write lie two cache lines apart: processors fetch lines in pairs.
    private const int Apart = 32;

    private readonly object gate = new();
    private readonly int maxHelpers;
    private readonly int[] nexts;
    private int workers;
    private int sleeping;
    private int busy;

    // The launch under way.
    private delegate*<void*, int, void> task;
    private void* state;
    private int tasks;
    private int parts;
    private int seats;
    private int left;
    private ExceptionDispatchInfo? failure;

    /// <summary>Makes a pool; its threads start when they are first needed.</summary>
    /// <param name="threads">The most threads at work, the caller included.</param>
    internal WorkerPool(int threads)
    {
        maxHelpers = threads - 1;
        nexts = new int[(threads + 1) * Apart];
    }

    /// <summary>Gets the most threads at work, the caller included.</summary>
    internal int Threads => maxHelpers + 1;

    /// <summary>Gets or sets the pool that kernels use: a thread per processor.</summary>
    internal static WorkerPool Shared { get; set; } = new(Environment.ProcessorCount);

    /// <summary>Runs every task once, and returns when all are done.</summary>
    /// <param name="tasks">The number of tasks.</param>
    /// <param name="threads">The most threads to use, the caller included.</param>
    /// <param name="state">What is handed to every task.</param>
    /// <param name="task">Receives the state and the task's index.</param>
    /// <exception cref="Exception">What a task threw; the tasks that had not begun are then left out.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Run(int tasks, int threads, void* state, delegate*<void*, int, void> task)
    {
        int helpers = int.Min(int.Min(threads, tasks) - 1, maxHelpers);
        if (helpers <= 0 || Interlocked.CompareExchange(ref busy, 1, 0) != 0)
        {
            for (int index = 0; index < tasks; index++)
            {
                task(state, index);
            }

            return;
        }

        this.task = task;
        this.state = state;
        this.tasks = tasks;
        RunTogether(helpers);
    }

    private void RunTogether(int helpers)
    {
        left = 0;
        parts = helpers + 1;
        for (int part = 0; part < parts; part++)
        {
            Next(part) = FirstTask(part);
        }

        if (workers < helpers)
        {
            StartWorkers(helpers);
        }

        Interlocked.Exchange(ref seats, helpers); // from here on workers may enter
        if (Volatile.Read(ref sleeping) > 0)
        {
            Wake(helpers);
        }

        RunTasks(0);
        int entered = helpers - Interlocked.Exchange(ref seats, 0);
        for (SpinWait wait = default; Volatile.Read(ref left) != entered;)
        {
            wait.SpinOnce(sleep1Threshold: -1);
        }

        ExceptionDispatchInfo? thrown = failure;
        failure = null;
        Volatile.Write(ref busy, 0);
        thrown?.Throw();
    }

    private ref int Next(int part) => ref nexts[(part + 1) * Apart];

    private int FirstTask(int part) => (int)((long)part * tasks / parts);

    /// <summary>Runs tasks until there are none left, those of a part first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RunTasks(int firstPart)
    {
        try
        {
            for (int offset = 0; offset < parts; offset++)
            {
                int part = (firstPart + offset) % parts;
                int end = FirstTask(part + 1);
                for (int index; (index = Interlocked.Increment(ref Next(part)) - 1) < end;)
                {
                    task(state, index);
                }
            }
        }
#pragma warning disable CA1031 // The exception is thrown again on the caller's thread.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(exception), null);
            for (int part = 0; part < parts; part++)
            {
                Volatile.Write(ref Next(part), tasks);
            }
        }
    }

    private void StartWorkers(int wanted)
    {
        while (workers < wanted)
        {
            int part = ++workers;
            var thread = new Thread(() => Work(part)) { IsBackground = true, Name = "ModelGen worker" };
            thread.UnsafeStart();
        }
    }

    private void Wake(int wanted)
    {
        lock (gate)
        {
            for (int worker = 0; worker < wanted; worker++)
            {
                Monitor.Pulse(gate);
            }
        }
    }

    private void Work(int part)
    {
        while (true)
        {
            AwaitSeat();
            if (TakeSeat())
            {
                RunTasks(part);
                Interlocked.Increment(ref left);
            }
        }
    }

    private bool TakeSeat()
    {
        int free = Volatile.Read(ref seats);
        while (free > 0)
        {
            int seen = Interlocked.CompareExchange(ref seats, free - 1, free);
            if (seen == free)
            {
                return true;
            }

            free = seen;
        }

        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AwaitSeat()
    {
        long end = Stopwatch.GetTimestamp() + SpinTicks;
        while (Volatile.Read(ref seats) == 0)
        {
            if (Stopwatch.GetTimestamp() > end)
            {
                Sleep();
                return;
            }

            Thread.SpinWait(10);
        }
    }

    private void Sleep()
    {
        lock (gate)
        {
            // Counted before the seats are looked at, as the caller looks at the count after it offered the seats: one of the two notices.
            Interlocked.Increment(ref sleeping);
            if (Volatile.Read(ref seats) == 0)
            {
                Monitor.Wait(gate);
            }

            Interlocked.Decrement(ref sleeping);
        }
    }
}
