package coldstream.ingest.topology;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.WriteBufferManager;

/**
 * One bound for the memory of all state stores of the process; by itself every store of every partition would take up to
 * 100 MB.
 */
public final class BoundedRocks implements RocksDBConfigSetter {

    private static final long CACHE_BYTES = 96L << 20;
    private static final long WRITE_BUFFER_BYTES = 64L << 20;
    private static final long ONE_WRITE_BUFFER_BYTES = 4L << 20;
    private static final int BLOCK_BYTES = 16 << 10;
    private static final double BLOOM_BITS_PER_KEY = 10;

    private static final Cache CACHE = new LRUCache(CACHE_BYTES);
    private static final WriteBufferManager WRITE_BUFFERS = new WriteBufferManager(WRITE_BUFFER_BYTES, CACHE);

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(CACHE);
        table.setBlockSize(BLOCK_BYTES);
        table.setCacheIndexAndFilterBlocks(true);
        table.setFilterPolicy(new BloomFilter(BLOOM_BITS_PER_KEY));
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(WRITE_BUFFERS);
        options.setWriteBufferSize(ONE_WRITE_BUFFER_BYTES);
        options.setMaxWriteBufferNumber(2);
    }

    @Override
    public void close(String storeName, Options options) {
        // The cache and the write buffers are shared: they live as long as the process.
    }
}
