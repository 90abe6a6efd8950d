using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using System.Threading;

namespace ModelGen.Threading;

/// <summary>Threads that help the caller of a kernel. A launch takes a fraction of a microsecond while they are awake, and allocates nothing.</summary>
/// <remarks>
/// One launch at a time uses the pool; a launch inside a launch, or beside one, runs on its caller alone, so there are never more threads
/// at work than the pool was made for.
/// <para>
/// A thread begins with the same part of the tasks in every launch of as many threads, so that it finds in its caches what it wrote in the
/// one before; a thread that is done takes tasks of the others' parts, where parts have more than one. Which thread runs which task is left to chance all the same: tasks must not depend on it.
/// </para>
/// <para>
/// A launch offers every worker a seat, and the caller withdraws those that are not taken once it finds no more tasks: so a worker that wakes too late
/// delays nobody.
/// </para>
/// </remarks>
internal sealed unsafe class WorkerPool
{
    // Processors fetch cache lines in pairs.
    private const int Apart = 128;

    // A worker's looks at its seat between looks at the clock, which take as long as one.
    private const int LooksPerTime = 16;

    // The caller's looks at a seat, of about 25 ns, before it lets other processes' threads have the processor.
    private const int Looks = 500;

    // As long as the work between two kernels of a training step may take; after that a worker sleeps.
    private static readonly long SpinTicks = Stopwatch.Frequency / 20_000;

    private readonly object[] gates;
    private readonly Seat* seats;
    private int workers;
    private int busy;
    private ExceptionDispatchInfo? failure;

    /// <summary>Makes a pool; its threads start when they are first needed, and stay.</summary>
    /// <param name="threads">The most threads at work, the caller included.</param>
    internal WorkerPool(int threads)
    {
        Threads = threads;
        gates = new object[threads];
        seats = (Seat*)NativeMemory.AlignedAlloc((nuint)threads * Apart, Apart);
        NativeMemory.Clear(seats, (nuint)threads * Apart);
    }

    /// <summary>Where a worker is in a launch.</summary>
    private enum Status
    {
        /// <summary>It is in none, and looks for one.</summary>
        Free,

        /// <summary>It may take part.</summary>
        Offered,

        /// <summary>It takes part.</summary>
        Taken,

        /// <summary>It is in none, and has to be woken.</summary>
        Asleep,
    }

    /// <summary>Gets the most threads at work, the caller included.</summary>
    internal int Threads { get; }

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
        int parts = int.Min(int.Min(threads, tasks), Threads);
        if (parts <= 1 || Interlocked.CompareExchange(ref busy, 1, 0) != 0)
        {
            for (int index = 0; index < tasks; index++)
            {
                task(state, index);
            }

            return;
        }

        Offer(new Launch(state, task, tasks, parts));
        RunTasks(0);
        AwaitWorkers(parts);
        ExceptionDispatchInfo? thrown = failure;
        failure = null;
        Volatile.Write(ref busy, 0);
        thrown?.Throw();
    }

    private void Offer(in Launch launch)
    {
        for (int part = 0; part < launch.Parts; part++)
        {
            ref Seat seat = ref seats[part];
            seat.Launch = launch;
            seat.Next = launch.FirstTask(part);
        }

        while (workers < launch.Parts - 1)
        {
            StartWorker(++workers);
        }

        for (int part = 1; part < launch.Parts; part++)
        {
            // From here on the worker may come.
            if (seats[part].Exchange(Status.Offered) == Status.Asleep)
            {
                lock (gates[part])
                {
                    Monitor.Pulse(gates[part]);
                }
            }
        }
    }

    /// <summary>Withdraws the seats that are free, and waits for the workers in the others.</summary>
    private void AwaitWorkers(int parts)
    {
        for (int part = 1; part < parts; part++)
        {
            ref Seat seat = ref seats[part];
            if (seat.Exchange(Status.Offered, Status.Free))
            {
                continue;
            }

            for (int look = 0; seat.Now == Status.Taken && look < Looks; look++)
            {
                Thread.SpinWait(1);
            }

            for (SpinWait wait = default; seat.Now == Status.Taken;)
            {
                wait.SpinOnce(sleep1Threshold: -1);
            }
        }
    }

    /// <summary>Runs tasks until there are none left, those of a part first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RunTasks(int firstPart)
    {
        Launch launch = seats[firstPart].Launch;

        // Where each part is one task, a worker runs its own only, and the caller those that nobody has begun: it would wait for a worker that looks at the others' parts.
        int visited = firstPart == 0 || launch.Tasks > launch.Parts ? launch.Parts : 1;
        try
        {
            for (int offset = 0; offset < visited; offset++)
            {
                int part = (firstPart + offset) % launch.Parts;
                int end = launch.FirstTask(part + 1);
                for (int index; (index = Interlocked.Increment(ref seats[part].Next) - 1) < end;)
                {
                    launch.Task(launch.State, index);
                }
            }
        }
#pragma warning disable CA1031 // The exception is thrown again on the caller's thread.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(exception), null);
            for (int part = 0; part < launch.Parts; part++)
            {
                Volatile.Write(ref seats[part].Next, launch.Tasks);
            }
        }
    }

    private void StartWorker(int part)
    {
        gates[part] = new object();
        var thread = new Thread(() => Work(part)) { IsBackground = true, Name = "ModelGen worker" };
        thread.UnsafeStart();
    }

    private void Work(int part)
    {
        while (true)
        {
            AwaitOffer(part);
            if (seats[part].Exchange(Status.Offered, Status.Taken))
            {
                RunTasks(part);
                seats[part].Leave();
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AwaitOffer(int part)
    {
        long end = Stopwatch.GetTimestamp() + SpinTicks;
        do
        {
            for (int look = 0; look < LooksPerTime; look++)
            {
                if (seats[part].Now == Status.Offered)
                {
                    return;
                }

                Thread.SpinWait(1);
            }
        }
        while (Stopwatch.GetTimestamp() < end);

        lock (gates[part])
        {
            // Whoever offers a seat to one that is asleep needs the gate to wake it, which is free again once it waits.
            if (seats[part].Exchange(Status.Free, Status.Asleep))
            {
                while (seats[part].Now == Status.Asleep)
                {
                    Monitor.Wait(gates[part]);
                }
            }
        }
    }

    /// <summary>What is to be run.</summary>
    private readonly struct Launch(void* state, delegate*<void*, int, void> task, int tasks, int parts)
    {
        internal readonly void* State = state;
        internal readonly delegate*<void*, int, void> Task = task;
        internal readonly int Tasks = tasks;
        internal readonly int Parts = parts;

        internal int FirstTask(int part) => (int)((long)part * Tasks / Parts);
    }

    /// <summary>A thread's place in a launch, the caller's being the first. All that a worker needs to know to begin lies in one cache line; others write to it only where they take tasks of its part.</summary>
    [StructLayout(LayoutKind.Sequential, Size = Apart)]
    private struct Seat
    {
        internal Launch Launch;

        /// <summary>The first task of this part that nobody has begun.</summary>
        internal int Next;

        private int status;

        internal Status Now => (Status)Volatile.Read(ref status);

        internal Status Exchange(Status to) => (Status)Interlocked.Exchange(ref status, (int)to);

        internal bool Exchange(Status from, Status to) => Interlocked.CompareExchange(ref status, (int)to, (int)from) == (int)from;

        internal void Leave() => Volatile.Write(ref status, (int)Status.Free);
    }
}
