// What the genuine .NET client does with the local broker. One line for each check: "ok <name>", or "FAILED <name>: why".
using Azure.Messaging.ServiceBus;

var client = new ServiceBusClient(args[0], new ServiceBusClientOptions
{
    RetryOptions = new ServiceBusRetryOptions { MaxRetries = 1, TryTimeout = TimeSpan.FromSeconds(10) },
});
var sender = client.CreateSender("q");
var receiver = client.CreateReceiver("q");
var failed = 0;

await Check("send and receive, with types", async () =>
{
    var sent = new ServiceBusMessage("one") { MessageId = "m1", Subject = "s", CorrelationId = "c" };
    sent.ApplicationProperties["int"] = 7;
    sent.ApplicationProperties["time"] = new DateTimeOffset(2026, 9, 21, 14, 13, 20, TimeSpan.Zero);
    sent.ApplicationProperties["id"] = Guid.Empty;
    await sender.SendMessageAsync(sent);
    var got = await Next(receiver);
    Equal("one", got.Body.ToString());
    Equal("m1 s c", $"{got.MessageId} {got.Subject} {got.CorrelationId}");
    Equal(7, got.ApplicationProperties["int"]);
    Equal(sent.ApplicationProperties["time"], got.ApplicationProperties["time"]);
    Equal(Guid.Empty, got.ApplicationProperties["id"]);
    await receiver.CompleteMessageAsync(got);
});

await Check("a batch", async () =>
{
    using var batch = await sender.CreateMessageBatchAsync();
    for (var n = 0; n < 3; n++) Equal(true, batch.TryAddMessage(new ServiceBusMessage($"b{n}")));
    await sender.SendMessagesAsync(batch);
    for (var n = 0; n < 3; n++)
    {
        var got = await Next(receiver);
        Equal($"b{n}", got.Body.ToString());
        await receiver.CompleteMessageAsync(got);
    }
});

await Check("peek and renew", async () =>
{
    await sender.SendMessageAsync(new ServiceBusMessage("peeked"));
    Equal("peeked", (await receiver.PeekMessageAsync()).Body.ToString());
    var got = await Next(receiver);
    var before = got.LockedUntil;
    await Task.Delay(20);
    await receiver.RenewMessageLockAsync(got);
    Equal(true, got.LockedUntil > before);
    await receiver.CompleteMessageAsync(got);
});

await Check("settling twice loses the lock", async () =>
{
    await sender.SendMessageAsync(new ServiceBusMessage("twice"));
    var got = await Next(receiver);
    await receiver.CompleteMessageAsync(got);
    await Refused(ServiceBusFailureReason.MessageLockLost, () => receiver.CompleteMessageAsync(got));
    await Refused(ServiceBusFailureReason.MessageLockLost, () => receiver.RenewMessageLockAsync(got));
});

await Check("schedule, cancel, cancel again", async () =>
{
    var number = await sender.ScheduleMessageAsync(new ServiceBusMessage("never"), DateTimeOffset.UtcNow.AddHours(1));
    await sender.CancelScheduledMessageAsync(number);
    await Refused(ServiceBusFailureReason.MessageNotFound, () => sender.CancelScheduledMessageAsync(number));
    await sender.ScheduleMessageAsync(new ServiceBusMessage("soon"), DateTimeOffset.UtcNow.AddMilliseconds(100));
    var got = await Next(receiver);
    Equal("soon", got.Body.ToString());
    await receiver.CompleteMessageAsync(got);
});

await Check("defer and receive deferred", async () =>
{
    await sender.SendMessageAsync(new ServiceBusMessage("later"));
    var got = await Next(receiver);
    await receiver.DeferMessageAsync(got);
    var deferred = await receiver.ReceiveDeferredMessageAsync(got.SequenceNumber);
    Equal("later", deferred.Body.ToString());
    await receiver.CompleteMessageAsync(deferred);
    await Refused(ServiceBusFailureReason.MessageNotFound, () => receiver.ReceiveDeferredMessageAsync(got.SequenceNumber));
});

await Check("abandon with changed properties keeps their types", async () =>
{
    await sender.SendMessageAsync(new ServiceBusMessage("again"));
    var changed = new Dictionary<string, object>
    {
        ["int"] = 5, ["negative"] = -5, ["long"] = 5L, ["double"] = 1.0, ["bool"] = true, ["text"] = "t",
        ["time"] = new DateTime(2026, 9, 21, 14, 13, 20, DateTimeKind.Utc), ["id"] = Guid.Parse("00112233-4455-6677-8899-aabbccddeeff"),
    };
    await receiver.AbandonMessageAsync(await Next(receiver), changed);
    var got = await Next(receiver);
    Equal(2, got.DeliveryCount);
    foreach (var (name, value) in changed) Equal(value, got.ApplicationProperties[name]);
    // By $management, as for a message that was deferred.
    await receiver.DeferMessageAsync(got, new Dictionary<string, object> { ["int"] = 6 });
    var deferred = await receiver.ReceiveDeferredMessageAsync(got.SequenceNumber);
    Equal(6, deferred.ApplicationProperties["int"]);
    await receiver.AbandonMessageAsync(deferred, new Dictionary<string, object> { ["int"] = 8, ["long"] = 9L });
    deferred = await receiver.ReceiveDeferredMessageAsync(got.SequenceNumber);
    Equal(8, deferred.ApplicationProperties["int"]);
    Equal(9L, deferred.ApplicationProperties["long"]);
    await receiver.CompleteMessageAsync(deferred);
});

await Check("dead-letter with reason", async () =>
{
    await sender.SendMessageAsync(new ServiceBusMessage("dead"));
    await receiver.DeadLetterMessageAsync(await Next(receiver), "why", "because");
    await using var dead = client.CreateReceiver("q", new ServiceBusReceiverOptions { SubQueue = SubQueue.DeadLetter });
    var got = await Next(dead);
    Equal("dead why because", $"{got.Body} {got.DeadLetterReason} {got.DeadLetterErrorDescription}");
    await dead.CompleteMessageAsync(got);
});

await Check("a queue that is not there", async () =>
{
    await using var nowhere = client.CreateReceiver("nowhere");
    await Refused(ServiceBusFailureReason.MessagingEntityNotFound, () => nowhere.ReceiveMessageAsync(TimeSpan.FromSeconds(2)));
});

await Check("two links that open at once", async () =>
{
    for (var round = 0; round < 5; round++)
    {
        await using var other = new ServiceBusClient(args[0]);
        await Task.WhenAll(new[] { "q", "r" }.Select(async queue =>
        {
            await other.CreateSender(queue).SendMessageAsync(new ServiceBusMessage(queue));
            await using var at = other.CreateReceiver(queue);
            var got = await Next(at);
            Equal(queue, got.Body.ToString());
            await at.RenewMessageLockAsync(got);
            await at.CompleteMessageAsync(got);
        }));
    }
});

await Check("a processor", async () =>
{
    await sender.SendMessagesAsync(Enumerable.Range(0, 20).Select(n => new ServiceBusMessage($"p{n}")));
    var seen = new System.Collections.Concurrent.ConcurrentBag<string>();
    var done = new TaskCompletionSource();
    await using var processor = client.CreateProcessor("q", new ServiceBusProcessorOptions { MaxConcurrentCalls = 4 });
    processor.ProcessMessageAsync += message =>
    {
        // The first one fails once and comes again.
        if (message.Message.Body.ToString() == "p0" && message.Message.DeliveryCount == 1) throw new InvalidOperationException("once");
        seen.Add(message.Message.Body.ToString());
        if (seen.Count == 20) done.SetResult();
        return Task.CompletedTask;
    };
    processor.ProcessErrorAsync += fault =>
    {
        if (fault.Exception is not InvalidOperationException) done.TrySetException(fault.Exception);
        return Task.CompletedTask;
    };
    await processor.StartProcessingAsync();
    await done.Task.WaitAsync(TimeSpan.FromSeconds(20));
    await processor.StopProcessingAsync();
    Equal(20, seen.Distinct().Count());
    Equal(null, await receiver.ReceiveMessageAsync(TimeSpan.FromMilliseconds(300)));
});

await client.DisposeAsync();
return failed;

async Task Check(string name, Func<Task> check)
{
    try
    {
        await check().WaitAsync(TimeSpan.FromSeconds(30));
        Console.WriteLine($"ok {name}");
    }
    catch (Exception error)
    {
        failed++;
        Console.WriteLine($"FAILED {name}: {error.GetType().Name} {error.Message.ReplaceLineEndings(" ")}");
    }
}

static async Task<ServiceBusReceivedMessage> Next(ServiceBusReceiver from) =>
    await from.ReceiveMessageAsync(TimeSpan.FromSeconds(5)) ?? throw new Exception("no message came");

static async Task Refused(ServiceBusFailureReason reason, Func<Task> act)
{
    try { await act(); }
    catch (ServiceBusException error) { Equal(reason, error.Reason); return; }
    throw new Exception($"{reason} was expected, and nothing was refused");
}

static void Equal(object? expected, object? found)
{
    if (!Equals(expected, found)) throw new Exception($"{expected} ({expected?.GetType().Name}) was expected, found {found} ({found?.GetType().Name})");
}
