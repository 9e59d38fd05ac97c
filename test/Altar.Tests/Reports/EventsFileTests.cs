using System.Text;
using Altar.Reports.TensorBoard;
using Altar.Training;

namespace Altar.Tests.Reports;

public class EventsFileTests
{
    [Fact]
    public void Checksum_is_that_of_the_standard()
    {
        Assert.Equal(0xE3069283u, Crc32C.Of("123456789"u8));                  // RFC 3720's polynomial, the usual check value
        Assert.Equal(0x8A9136AAu, Crc32C.Of(new byte[32]));                   // RFC 3720, B.4
    }

    [Fact]
    public void A_record_has_the_bytes_that_protobuf_prescribes()
    {
        var bytes = new ScalarEvent(1.5, 300, [("a", 2f)]).Encode();

        Assert.Equal(
            "09-00-00-00-00-00-00-F8-3F"            // field 1, 64 bits: 1.5
            + "-10-AC-02"                            // field 2, varint: 300
            + "-2A-0A-0A-08-0A-01-61-15-00-00-00-40", // field 5, 10 bytes: field 1, 8 bytes: name "a", number 2
            BitConverter.ToString(bytes));
    }

    [Fact]
    public void Events_are_read_back_with_their_checksums()
    {
        using var folder = new TemporaryFolder();
        using (var events = EventsFile.Open(folder.Path))
        {
            events.Add(new StepRecord(1, 1, 0.5, 1.25));
            events.Add(FakeRun.Epoch(1));
        }

        var records = RecordFile.Read(File.ReadAllBytes(Assert.Single(Directory.GetFiles(folder.Path, "events.out.tfevents.*"))));

        Assert.Equal(3, records.Count);
        Assert.Contains("brain.Event:2", Encoding.UTF8.GetString(records[0]), StringComparison.Ordinal);
        Assert.Equal([("step/loss", 1.25f), ("step/rate", 0.5f)], ScalarEvent.Decode(records[1]).Values);
        Assert.Equal(40, ScalarEvent.Decode(records[2]).Step);
        Assert.Contains(("val/top1", 0.62f), ScalarEvent.Decode(records[2]).Values);
    }

    [Fact]
    public void A_resumed_run_goes_on_in_the_same_file_without_doubled_steps()
    {
        using var folder = new TemporaryFolder();
        Write(folder, throughStep: 0, from: 1, to: 6);
        Write(folder, throughStep: 4, from: 5, to: 8);

        var path = Assert.Single(Directory.GetFiles(folder.Path, "events.out.tfevents.*"));
        var steps = RecordFile.Read(File.ReadAllBytes(path)).Skip(1).Select(record => ScalarEvent.Decode(record).Step);

        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], steps);
    }

    [Fact]
    public void An_epoch_whose_validation_is_done_again_is_dropped_though_its_steps_stay()
    {
        using var folder = new TemporaryFolder();
        using (var events = EventsFile.Open(folder.Path))
        {
            events.Add(new StepRecord(40, 1, 0.1, 1));
            events.Add(FakeRun.Epoch(1));   // at step 40
        }

        EventsFile.Open(folder.Path, throughStep: 40, throughEpoch: 0).Dispose();

        Assert.Equal(2, RecordFile.Read(File.ReadAllBytes(Directory.GetFiles(folder.Path)[0])).Count);   // the version and the step
    }

    [Fact]
    public void A_record_that_was_cut_off_ends_the_file()
    {
        using var folder = new TemporaryFolder();
        Write(folder, throughStep: 0, from: 1, to: 2);
        var bytes = File.ReadAllBytes(Directory.GetFiles(folder.Path)[0]);

        Assert.Equal(2, RecordFile.Read(bytes.AsSpan(0, bytes.Length - 1)).Count);
        bytes[^6] ^= 1;
        Assert.Equal(2, RecordFile.Read(bytes).Count);
    }

    private static void Write(TemporaryFolder folder, int throughStep, int from, int to)
    {
        using var events = EventsFile.Open(folder.Path, throughStep);
        for (var step = from; step <= to; step++) events.Add(new StepRecord(step, 1, 0.1, 1.0 / step));
    }
}
